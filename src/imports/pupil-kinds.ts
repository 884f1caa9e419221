/** Pupils, where they live and learn, who cares for them and what they need on the way. */
import { column, type Kind, kind, naming, reference } from './kind.ts'
import * as read from './reading.ts'

const pupil = (to: string) =>
  naming(['Pupil', to], 'pupil', {
    needed: true,
    also: ['Pupil reference', 'UPN', 'Council reference', 'Pupil ID', 'Child ID', 'Student ID'],
  })
const place = (table: string, onlyIn = false) => [
  column(['Postcode', `${table}.postcode`], read.postcode, { also: ['Home postcode', 'Post code'], onlyIn }),
  column(['UPRN', `${table}.uprn`], read.words, { onlyIn }),
  column(['Latitude', `${table}.latitude`], read.number(49, 61), { also: ['Lat', 'Home lat'], onlyIn }),
  column(['Longitude', `${table}.longitude`], read.number(-9, 2), {
    also: ['Long', 'Lon', 'Lng', 'Home lon'],
    onlyIn,
  }),
  column(['Area', `${table}.area`], read.words, { also: ['District', 'Locality'], onlyIn }),
]
const who = (table: string) => [
  column(['Given name', `${table}.given_name`], read.words, {
    needed: true,
    also: ['First name', 'Forename', 'Forenames', 'Christian name', 'Legal forename'],
  }),
  column(['Family name', `${table}.family_name`], read.words, {
    needed: true,
    also: ['Surname', 'Last name', 'Legal surname'],
  }),
]
const mobility = read.oneOf({
  seat: 'seat',
  wheelchair: 'wheelchair',
  1: 'wheelchair',
  0: 'seat',
  yes: 'wheelchair',
  no: 'seat',
})
const assistant = read.oneOf({
  none: 'none',
  shared: 'shared',
  own: 'own',
  1: 'shared',
  0: 'none',
  yes: 'shared',
  no: 'none',
})

export const pupilKinds: readonly Kind[] = [
  kind({
    name: 'pupils',
    title: 'Pupils',
    says: 'who is on the register, and where they live',
    of: 'pupil',
    knownBy: ['Reference', 'Council reference', 'UPN', 'EHC plan number'],
    orBy: [['Given name', 'Family name', 'Date of birth']],
    facts: [
      { table: 'pupil_particulars' },
      { table: 'pupil_registration' },
      { table: 'pupil_home', when: ['Address', 'Postcode'], constants: { pattern: '{[0,28)}' } },
    ],
    columns: [
      reference('ID', 'System ID'),
      column(['Council reference', 'pupil_particulars.council_reference'], read.words, {
        also: ['Council ID', 'Person ID', 'Pupil ID', 'Child ID', 'Capita ID', 'Liquidlogic ID', 'Mosaic ID'],
      }),
      column(['UPN', 'pupil_particulars.upn'], read.upn, { also: ['Unique pupil number'] }),
      column(['EHC plan number', 'pupil_particulars.ehc_plan_number'], read.words, {
        also: ['EHCP', 'EHCP number', 'Plan number'],
      }),
      ...who('pupil_particulars'),
      column(['Known as', 'pupil_particulars.known_as'], read.words, {
        also: ['Preferred name', 'Chosen name', 'Preferred forename'],
      }),
      column(['Date of birth', 'pupil_particulars.born_on'], read.dayOfBirth, {
        needed: true,
        also: ['DOB', 'Birth date', 'Born', 'Born on'],
      }),
      column(
        ['Sex', 'pupil_particulars.sex'],
        read.oneOf({ female: 'female', f: 'female', girl: 'female', male: 'male', m: 'male', boy: 'male' }),
        { also: ['Gender'] },
      ),
      column(['Primary need', 'pupil_particulars.primary_need'], read.words, {
        also: ['Need', 'SEN need', 'SEN type', 'Primary SEN need'],
      }),
      column(['Looked after', 'pupil_particulars.looked_after'], read.yesOrNo, {
        as: 'yes-or-no',
        also: ['LAC', 'CLA', 'In care'],
      }),
      column(['Address', 'pupil_home.address'], read.words, { also: ['Home address'], onlyIn: true }),
      ...place('pupil_home', true),
    ],
  }),
  kind({
    name: 'registrations',
    title: 'On the register',
    says: 'the days on which each pupil is on the register, where that is not the days in the pupils file',
    facts: [{ table: 'pupil_registration' }],
    columns: [pupil('pupil_registration.pupil_id')],
  }),
  kind({
    name: 'homes',
    title: 'Homes',
    says: 'where each pupil lives, and on which days where there are two homes',
    facts: [{ table: 'pupil_home', constants: { pattern: '{[0,28)}' } }],
    columns: [
      pupil('pupil_home.pupil_id'),
      column(['Days', 'pupil_home.pattern'], read.halfDaysOfFortnight),
      column(['Address', 'pupil_home.address'], read.words, { needed: true, also: ['Home address'] }),
      ...place('pupil_home'),
      column(['Protected', 'pupil_home.protected'], read.yesOrNo, {
        as: 'yes-or-no',
        also: ['Protected address', 'Confidential'],
      }),
    ],
  }),
  kind({
    name: 'carers',
    title: 'Carers',
    says: 'who cares for each pupil, and how they are reached',
    of: 'carer',
    knownBy: ['Reference'],
    orBy: [
      ['Given name', 'Family name', 'Pupil'],
      ['Given name', 'Family name', 'Phone'],
      ['Given name', 'Family name', 'E-mail'],
    ],
    facts: [
      { table: 'carer_particulars' },
      { table: 'pupil_carer', when: ['Pupil'] },
      { table: 'contact_point', tag: 'phone', when: ['Phone'], constants: { kind: 'phone' } },
      { table: 'contact_point', tag: 'email', when: ['E-mail'], constants: { kind: 'email' } },
    ],
    columns: [
      reference('Carer ID', 'Contact ID'),
      naming(['Pupil', 'pupil_carer.pupil_id'], 'pupil', {
        also: ['Pupil reference', 'UPN', 'Council reference', 'Pupil ID'],
        onlyIn: true,
      }),
      ...who('carer_particulars'),
      column(['Relationship', 'pupil_carer.relationship'], read.words, {
        also: ['Relation', 'Relationship to pupil'],
        onlyIn: true,
      }),
      column(['Parental responsibility', 'pupil_carer.parental_responsibility'], read.yesOrNo, {
        as: 'yes-or-no',
        onlyIn: true,
      }),
      column(['May see address', 'pupil_carer.may_see_address'], read.yesOrNo, {
        as: 'yes-or-no',
        onlyIn: true,
      }),
      column(['Told first', 'pupil_carer.told_first'], read.yesOrNo, {
        as: 'yes-or-no',
        also: ['Main contact', 'Priority'],
        onlyIn: true,
      }),
      column(['Language', 'carer_particulars.language'], read.words, {
        also: ['Home language', 'First language'],
      }),
      column(
        ['Format', 'carer_particulars.format'],
        read.anyOf('standard', 'large-print', 'easy-read', 'braille', 'audio'),
      ),
      column(['Interpreter', 'carer_particulars.interpreter'], read.yesOrNo, { as: 'yes-or-no' }),
      column(['Phone', 'contact_point:phone.address'], read.phone, {
        also: ['Telephone', 'Mobile', 'Mobile number', 'Tel'],
        onlyIn: true,
      }),
      column(['E-mail', 'contact_point:email.address'], read.email, {
        also: ['Email', 'Email address'],
        onlyIn: true,
      }),
    ],
  }),
  kind({
    name: 'care',
    title: 'Who cares for whom',
    says: 'each carer beside each pupil they care for',
    facts: [{ table: 'pupil_carer' }],
    columns: [
      pupil('pupil_carer.pupil_id'),
      naming(['Carer', 'pupil_carer.carer_id'], 'carer', { needed: true }),
      column(['Relationship', 'pupil_carer.relationship'], read.words),
      column(['Parental responsibility', 'pupil_carer.parental_responsibility'], read.yesOrNo, {
        as: 'yes-or-no',
      }),
      column(['May see address', 'pupil_carer.may_see_address'], read.yesOrNo, { as: 'yes-or-no' }),
      column(['Told first', 'pupil_carer.told_first'], read.yesOrNo, { as: 'yes-or-no' }),
    ],
  }),
  kind({
    name: 'contact-points',
    title: 'Contact points',
    says: 'how each carer is reached, and when and how that was last verified',
    facts: [{ table: 'contact_point' }],
    columns: [
      naming(['Carer', 'contact_point.carer_id'], 'carer', { needed: true }),
      column(['Kind', 'contact_point.kind'], read.anyOf('phone', 'email', 'post'), { needed: true }),
      column(['Contact', 'contact_point.address'], read.words, { needed: true, also: ['Number or address'] }),
      column(['Verified on', 'contact_point.verified_on'], read.day),
      column(['Verified how', 'contact_point.verified_how'], read.words),
    ],
  }),
  kind({
    name: 'placements',
    title: 'Placements',
    says: 'where each pupil learns, on which days',
    facts: [{ table: 'placement', constants: { pattern: '{[0,10),[14,24)}' } }],
    columns: [
      pupil('placement.pupil_id'),
      naming(['School', 'placement.school_id'], 'school', {
        needed: true,
        also: ['URN', 'School URN', 'School ID', 'School name', 'Placement', 'Establishment'],
      }),
      column(['Days', 'placement.pattern'], read.halfDaysOfFortnight, { also: ['Days attended', 'Attends'] }),
      column(['Year group', 'placement.year_group'], read.words, { also: ['Year', 'NC year', 'NCY'] }),
      column(['Boarding', 'placement.boarding'], read.anyOf('day', 'weekly', 'termly'), {
        also: ['Residential'],
      }),
      column(['Role', 'placement.role'], read.anyOf('main', 'dual')),
      column(['Site', 'placement.site'], read.words),
      column(['Entrance', 'placement.entrance'], read.words),
    ],
  }),
  kind({
    name: 'absences',
    title: 'Absences',
    says: 'days a pupil was said to be away',
    facts: [{ table: 'pupil_absence' }],
    columns: [
      pupil('pupil_absence.pupil_id'),
      column(['Notified by', 'pupil_absence.notified_by'], read.words, { needed: true }),
      column(['Reason', 'pupil_absence.reason'], read.words),
    ],
  }),
  kind({
    name: 'needs',
    title: 'Travel needs',
    says: 'what each pupil needs on the way: seat or wheelchair, assistant, alone or with others',
    facts: [{ table: 'travel_need' }],
    columns: [
      pupil('travel_need.pupil_id'),
      column(['Mobility', 'travel_need.mobility'], mobility, { also: ['Wheelchair', 'Wheelchair user'] }),
      column(['Wheelchair travel', 'travel_need.wheelchair_travel'], read.anyOf('ride-on', 'transfer')),
      column(['Wheelchair make', 'travel_need.wheelchair_make'], read.words),
      column(['Wheelchair model', 'travel_need.wheelchair_model'], read.words),
      column(['Restraint', 'travel_need.restraint'], read.words, { also: ['Harness', 'Harness or seat'] }),
      column(['Passenger assistant', 'travel_need.assistant'], assistant, {
        also: ['Assistant', 'PA', 'Escort'],
      }),
      column(['Travels alone', 'travel_need.single_occupancy'], read.yesOrNo, {
        as: 'yes-or-no',
        also: ['Single occupancy', 'Solo'],
      }),
      column(['Reason to travel alone', 'travel_need.single_occupancy_reason'], read.words),
      column(['Travelling alone reviewed on', 'travel_need.single_occupancy_review_on'], read.day),
      column(['Longest ride in minutes', 'travel_need.longest_ride_minutes'], read.whole(5, 180), {
        also: ['Max ride min', 'Longest ride', 'Maximum journey time'],
      }),
      column(['Answers', 'travel_need.answers'], read.json, { as: 'json' }),
      column(['Unanswered', 'travel_need.missing'], read.list, { as: 'list' }),
      column(['Sent by', 'travel_need.sent_by'], read.words),
    ],
  }),
  kind({
    name: 'pairings',
    title: 'Keep apart, travel well with',
    says: 'pupils who must not, or had best, travel together',
    facts: [{ table: 'pupil_pairing' }],
    columns: [
      pupil('pupil_pairing.pupil_id'),
      naming(['Other pupil', 'pupil_pairing.other_id'], 'pupil', { needed: true }),
      column(['Kind', 'pupil_pairing.kind'], read.anyOf('keep-apart', 'travel-well-with'), { needed: true }),
      column(['Reason', 'pupil_pairing.reason'], read.words),
    ],
  }),
]
