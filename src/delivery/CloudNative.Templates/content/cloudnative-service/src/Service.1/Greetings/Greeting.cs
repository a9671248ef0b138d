namespace Service._1.Greetings;

/// <summary>What a caller gets: the words, and the instance of this service that said them.</summary>
internal sealed record Greeting(string Text, string Instance);
