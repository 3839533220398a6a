/** The demonstration's four organisations, and what their customers write about. */

export interface Topic {
  /** `{a|b|c}` stands for one of them; the same place in title and description gets its own. */
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** How urgent it tends to be, 1 to 4. */
  readonly priority: number;
}

export interface Business {
  readonly slug: string;
  readonly name: string;
  readonly agents: readonly string[];
  readonly topics: readonly Topic[];
}

export const businesses: readonly Business[] = [
  {
    slug: "northwind-coffee",
    name: "Northwind Coffee Roasters",
    agents: ["Ingrid Solberg", "Marcus Bell", "Priya Nair"],
    topics: [
      {
        title:
          "{Ethiopia Guji|House Blend|Decaf Huila|Kenya AA} arrived {stale|ground instead of whole bean|with a torn bag}",
        description:
          "Order {#48213|#48907|#50122|#51340} came {yesterday|this morning|on Friday}. I can send {photos|the roast date|a video}. Please {replace it|refund it|tell me what to do}.",
        tags: ["order", "quality"],
        priority: 2,
      },
      {
        title: "Subscription charged {twice|after I paused it|at the old price}",
        description:
          "My card was charged on the {1st|3rd|15th} although {the pause is shown in my account|I only receive one bag a month|your mail said otherwise}. Please refund the difference.",
        tags: ["billing", "subscription"],
        priority: 3,
      },
      {
        title: "Where is my parcel? Tracking stuck at {Rotterdam|Memphis|Leipzig}",
        description:
          "No movement since {Tuesday|last week|the 9th}. It is {a birthday present|for the office|our last bag}, so time matters.",
        tags: ["shipping"],
        priority: 2,
      },
      {
        title: "Grinder {GR-2|GR-4|Mini} makes a {grinding|rattling|high whining} noise",
        description:
          "It started after {cleaning|a descale|switching to a lighter roast}. The burrs look {fine|worn|clean}. Still under warranty until {May|August|December}.",
        tags: ["equipment", "warranty"],
        priority: 2,
      },
      {
        title: "Wholesale prices for a café with {two|three|five} locations",
        description:
          "We use about {20|35|60} kg a month and would like to taste {espresso blends|single origins|your decaf}. Who can visit us?",
        tags: ["wholesale", "sales"],
        priority: 1,
      },
      {
        title: "Cannot check out: {PayPal|voucher|address} error",
        description:
          'The last step says {"something went wrong"|"invalid postcode"|"voucher expired"} in {Safari|Firefox|Chrome on Android}. Tried {twice|three times|since yesterday}.',
        tags: ["website", "checkout"],
        priority: 3,
      },
    ],
  },
  {
    slug: "brightline-telecom",
    name: "Brightline Telecom",
    agents: ["Tomás Herrera", "Aoife Byrne", "Kwame Mensah", "Lena Fischer"],
    topics: [
      {
        title: "No connection in {Hafenstrasse|Mill Lane|the Eastgate block} since {06:10|last night|the storm}",
        description:
          "The router shows a {red|blinking orange} light. {Neighbours are down too|Restarting did not help|Mobile data works}. I work from home and need a date.",
        tags: ["outage", "fibre"],
        priority: 4,
      },
      {
        title: "Speed is {40|85|120} Mbit/s instead of {250|500|1000}",
        description:
          "Measured by cable {in the morning|in the evening|at three times of day}; Wi-Fi is off. It was fine before {the upgrade|the 12th|we moved the router}.",
        tags: ["fibre", "speed"],
        priority: 2,
      },
      {
        title: "Invoice {2025-11|2025-12|2026-01} lists a {roaming pack|second SIM|setup fee} that I never ordered",
        description:
          "Please correct it before the debit on the {5th|10th|28th}. My contract is the {Basic|Family|Business} plan.",
        tags: ["billing"],
        priority: 3,
      },
      {
        title: "Number port from {Vodafone|Orange|T-Mobile} is stuck",
        description:
          "You confirmed the {2nd|14th|20th}, the old provider says {nothing was requested|the name does not match|it is done}. I am {unreachable|paying twice} now.",
        tags: ["porting", "mobile"],
        priority: 3,
      },
      {
        title: "eSIM QR code {expired|does not scan|was already used}",
        description:
          "New phone: {Pixel 10|iPhone 17|Fairphone 6}. I need {a new code|a plastic SIM|a call back} before I travel on {Sunday|the 18th|Monday}.",
        tags: ["esim", "mobile"],
        priority: 2,
      },
      {
        title: "Cancel my contract when I move to {Porto|Gdańsk|a house without fibre}",
        description:
          "The move is on {1 March|15 April|30 June}. Please confirm the last day and where to send the {router|set-top box}.",
        tags: ["contract"],
        priority: 1,
      },
      {
        title: "Static IP and reverse DNS for our {mail server|office VPN|branch}",
        description:
          "Business line {BL-20418|BL-33107|BL-41552}. We need a {/29|single address} and a PTR record before the {audit|migration|opening}.",
        tags: ["business", "network"],
        priority: 2,
      },
    ],
  },
  {
    slug: "harbor-clinic",
    name: "Harbor Street Clinic",
    agents: ["Dr Hannah Okafor", "Ruth Lindqvist", "Samir Haddad"],
    topics: [
      {
        title: "Move my appointment with {Dr Okafor|Dr Chen|the physiotherapist}",
        description:
          "I cannot come on {Monday|Wednesday|the 22nd}. {Any morning|Late afternoon|The week after} would suit me. My {knee|back|check-up} is not urgent.",
        tags: ["appointment"],
        priority: 2,
      },
      {
        title: "Cannot sign in to the patient portal",
        description:
          "The code by {text message|mail} {never arrives|arrives an hour late|is refused}. My number changed in {October|December|January}.",
        tags: ["portal", "access"],
        priority: 3,
      },
      {
        title: "Prescription renewal: {metformin|levothyroxine|salbutamol}",
        description:
          "I have {three|five|nine} days left. Please send it to the pharmacy in {Quay Road|Station Street|the market hall}.",
        tags: ["prescription"],
        priority: 3,
      },
      {
        title: "Invoice for {blood test|X-ray|vaccination} was sent to the wrong insurer",
        description:
          "I changed insurer on 1 {November|December|January}. The new policy is {attached|in the portal|at the front desk}.",
        tags: ["billing", "insurance"],
        priority: 2,
      },
      {
        title: "Lab results of {3 December|12 January|last Thursday} are not visible",
        description:
          'You said {two|three} working days. The portal shows {"in progress"|an empty page|last year\'s results}.',
        tags: ["portal", "results"],
        priority: 2,
      },
      {
        title: "Waiting room {heating|door|hearing loop} does not work",
        description:
          "Noticed {today|on Tuesday|twice now}. {Older patients complain|The wheelchair ramp is affected|It is cold near the window}.",
        tags: ["facility"],
        priority: 1,
      },
    ],
  },
  {
    slug: "siam-cycles",
    name: "Siam Cycles สยามไซเคิล",
    agents: ["Niran Chaiyasit", "Somchai Wattana", "Emma Clarke"],
    topics: [
      {
        title: "E-bike {Naga 500|Chao Phraya|Lanna} does not charge",
        description:
          "The battery light {blinks three times|stays dark|turns red}. It was stored {in the garage|outside|on a boat} for {two|six} weeks.",
        tags: ["e-bike", "battery"],
        priority: 3,
      },
      {
        title: "{Rear derailleur|Brake lever|Display} broken on delivery",
        description:
          "The box had a {hole|dent|wet corner}. Order {SC-7731|SC-8120|SC-9044}, delivered to {Chiang Mai|Hua Hin|Khon Kaen}. I have photos.",
        tags: ["shipping", "warranty"],
        priority: 3,
      },
      {
        title: "ขอใบกำกับภาษีสำหรับคำสั่งซื้อ {SC-7802|SC-8466|SC-9210}",
        description: "บริษัทต้องการใบกำกับภาษีเต็มรูปแบบภายใน{วันศุกร์|สิ้นเดือน|สัปดาห์หน้า} กรุณาส่งทางอีเมล",
        tags: ["billing", "thai"],
        priority: 2,
      },
      {
        title: "Which frame size for {168|175|183} cm?",
        description:
          "I will ride {to work|on gravel|with a child seat}, about {10|25|60} km a day. My inseam is {78|82|87} cm.",
        tags: ["advice", "sales"],
        priority: 1,
      },
      {
        title: "Book a {full service|wheel truing|software update} in {Bangkok|Phuket|Chiang Mai}",
        description:
          "The bike is {two|three|five} years old and makes {a clicking noise|nothing special|squealing brakes}. Any {Saturday|weekday} is fine.",
        tags: ["workshop"],
        priority: 2,
      },
      {
        title: "App loses the bike after {update 4.2|a phone change|every ride}",
        description:
          "Bluetooth is on, {Android 16|iOS 26}. Pairing {stops at 80 %|asks for a PIN I never set|works once}.",
        tags: ["app", "e-bike"],
        priority: 2,
      },
    ],
  },
];
