/** The public registers as they are published, whole: every heading in its order, with rows that are made up. */
import { describe, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { importTexts } from './testing.ts'

const { sql } = realDatabase()

/** A file with these headings, and rows that fill some of them. */
const fileOf = (headings: string, rows: readonly Record<string, string>[]) => {
  const names = headings.split(',')
  const unknown = rows.flatMap((row) => Object.keys(row).filter((name) => !names.includes(name)))
  expect(unknown).toEqual([])
  return `${[names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(','))
    .join('\r\n')}\r\n`
}

const gias =
  'URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),EstablishmentTypeGroup (code),EstablishmentTypeGroup (name),EstablishmentStatus (code),EstablishmentStatus (name),ReasonEstablishmentOpened (code),ReasonEstablishmentOpened (name),OpenDate,ReasonEstablishmentClosed (code),ReasonEstablishmentClosed (name),CloseDate,PhaseOfEducation (code),PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Boarders (code),Boarders (name),NurseryProvision (name),OfficialSixthForm (code),OfficialSixthForm (name),Gender (code),Gender (name),ReligiousCharacter (code),ReligiousCharacter (name),ReligiousEthos (name),Diocese (code),Diocese (name),AdmissionsPolicy (code),AdmissionsPolicy (name),SchoolCapacity,SpecialClasses (code),SpecialClasses (name),CensusDate,NumberOfPupils,NumberOfBoys,NumberOfGirls,PercentageFSM,TrustSchoolFlag (code),TrustSchoolFlag (name),Trusts (code),Trusts (name),SchoolSponsorFlag (name),SchoolSponsors (name),FederationFlag (name),Federations (code),Federations (name),UKPRN,FEHEIdentifier,FurtherEducationType (name),LastChangedDate,Street,Locality,Address3,Town,County (name),Postcode,SchoolWebsite,TelephoneNum,HeadTitle (name),HeadFirstName,HeadLastName,HeadPreferredJobTitle,BSOInspectorateName (name),InspectorateReport,DateOfLastInspectionVisit,NextInspectionVisit,TeenMoth (name),TeenMothPlaces,CCF (name),SENPRU (name),EBD (name),PlacesPRU,FTProv (name),EdByOther (name),Section41Approved (name),SEN1 (name),SEN2 (name),SEN3 (name),SEN4 (name),SEN5 (name),SEN6 (name),SEN7 (name),SEN8 (name),SEN9 (name),SEN10 (name),SEN11 (name),SEN12 (name),SEN13 (name),TypeOfResourcedProvision (name),ResourcedProvisionOnRoll,ResourcedProvisionCapacity,SenUnitOnRoll,SenUnitCapacity,GOR (code),GOR (name),DistrictAdministrative (code),DistrictAdministrative (name),AdministrativeWard (code),AdministrativeWard (name),ParliamentaryConstituency (code),ParliamentaryConstituency (name),UrbanRural (code),UrbanRural (name),GSSLACode (name),Easting,Northing,MSOA (name),LSOA (name),InspectorateName (name),SENStat,SENNoStat,PropsName,OfstedLastInsp,OfstedSpecialMeasures (code),OfstedSpecialMeasures (name),LastChangedDate2,OfstedRating (name),RSCRegion (name),Country (name),UPRN,SiteName,QABName (code),QABName (name),EstablishmentAccredited (code),EstablishmentAccredited (name),QABReport,CHNumber,MSOA (code),LSOA (code),FSM,AccreditationExpiryDate'

const onspd =
  'pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua24,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21'

describe('public registers in their full layouts, under the names they are downloaded by', () => {
  test('the register of schools (GIAS)', async () => {
    const file = fileOf(gias, [
      {
        URN: '900301',
        'LA (name)': 'Westmarch',
        EstablishmentName: 'Ashdown School',
        'TypeOfEstablishment (name)': 'Community special school',
        'EstablishmentStatus (name)': 'Open',
        OpenDate: '01-09-1974',
        'PhaseOfEducation (name)': 'Not applicable',
        Street: 'Mill Lane',
        Postcode: 'WQ4 7AA',
        TelephoneNum: '1632960001',
        'DistrictAdministrative (name)': 'Harrow Vale',
        Easting: '561234',
        Northing: '159876',
      },
      {
        URN: '900302',
        EstablishmentName: 'Old Priory School',
        'TypeOfEstablishment (name)': 'Academy special converter',
        OpenDate: '01-09-2012',
        CloseDate: '31-08-2021',
      },
    ])
    const { sheets } = await importTexts(sql, { 'edubasealldata20260901.csv': file })
    expect(sheets[0]).toMatchObject({ kind: 'schools', counts: { rows: 2, new: 2 } })
    const rows = await sql`
      select urn, name, kind, area, phone, valid::text from school_particulars where urn in ('900301', '900302') order by urn`
    expect([...rows]).toEqual([
      {
        urn: '900301',
        name: 'Ashdown School',
        kind: 'Community special school',
        area: 'Harrow Vale',
        phone: '01632960001',
        valid: '[1974-09-01,)',
      },
      {
        urn: '900302',
        name: 'Old Priory School',
        kind: 'Academy special converter',
        area: null,
        phone: null,
        valid: '[2012-09-01,2021-09-01)',
      },
    ])
    const [gate] = await sql`
      select address, round(latitude::numeric, 2) as latitude from school_entrance join school_particulars using (school_id) where urn = '900301'`
    expect(gate).toMatchObject({ address: 'Mill Lane', latitude: expect.anything() })
  })

  test('the postcode directory (ONSPD), one postcode ended and one without a grid reference', async () => {
    const file = fileOf(onspd, [
      {
        pcd: 'WQ4 7AC',
        pcds: 'WQ4 7AC',
        oslaua: 'E07000111',
        oseast1m: '561234',
        osnrth1m: '159876',
        lat: '51.31',
        long: '0.31',
      },
      {
        pcd: 'WQ4 7AD',
        pcds: 'WQ4 7AD',
        doterm: '200305',
        oseast1m: '561300',
        osnrth1m: '159900',
        lat: '51.31',
        long: '0.31',
      },
      { pcd: 'WQ4 7AE', pcds: 'WQ4 7AE', lat: '99.999999', long: '0' },
    ])
    const { sheets } = await importTexts(sql, { 'ONSPD_NOV_2025_UK.csv': file })
    expect(sheets[0]).toMatchObject({ kind: 'postcodes', counts: { rows: 3, new: 3 } })
    const rows = await sql`
      select postcode, ended_on, latitude is null as nowhere from postcode_place where postcode like 'WQ4 7A_' order by 1`
    expect([...rows]).toEqual([
      { postcode: 'WQ4 7AC', ended_on: null, nowhere: false },
      { postcode: 'WQ4 7AD', ended_on: '2003-05-01', nowhere: false },
      { postcode: 'WQ4 7AE', ended_on: null, nowhere: true },
    ])
  })

  test('Code-Point Open, which has no headings', async () => {
    const file =
      '"WQ4 7AF",10,561234,159876,"E92000001","E19000003","E18000011","E10000016","E07000111","E05000001"\r\n'
    const { sheets } = await importTexts(sql, { 'wq.csv': file })
    expect(sheets[0]).toMatchObject({ kind: 'postcodes', counts: { rows: 1, new: 1 } })
    const [place] =
      await sql`select easting, northing, latitude is null as nowhere from postcode_place where postcode = 'WQ4 7AF'`
    expect(place).toEqual({ easting: 561_234, northing: 159_876, nowhere: false })
  })
})
