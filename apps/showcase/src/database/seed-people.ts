/** The demonstration's customers, and what is said in comments. */

export const customers: readonly string[] = [
  "Ada Kowalska",
  "Ben Whitaker",
  "Chiara Ricci",
  "Daniel Osei",
  "Elif Yılmaz",
  "Farah Rahman",
  "Georg Huber",
  "Hana Suzuki",
  "Igor Petrov",
  "Julia Santos",
  "Kanya Srisai",
  "Liam Murphy",
  "Mai Nguyen",
  "Noah Jensen",
  "Olivia Brown",
  "Pedro Alves",
  "Quinn Taylor",
  "Rosa Delgado",
  "Sven Eriksson",
  "Tara Singh",
  "Ursula Meyer",
  "Victor Dubois",
  "Wanida Boonmee",
  "Ximena Cruz",
  "Yusuf Demir",
  "Zoë van Dijk",
];

export const answers: readonly string[] = [
  "Thank you for writing. I am looking into it and will come back to you today.",
  "Could you send us a photo and the order number? Then I can open the case with the warehouse.",
  "I found the cause and corrected it on our side. Could you check whether it works now?",
  "I am sorry about this. I have passed it to a specialist, who will call you tomorrow morning.",
  "This is done. You will get a confirmation by mail within the hour.",
];

export const replies: readonly string[] = [
  "Thanks, that was quick!",
  "It still happens. Anything else I can try?",
  "Photo is attached to my mail from this morning.",
  "Works again, you can close this.",
  "Any news? It has been three days.",
];
