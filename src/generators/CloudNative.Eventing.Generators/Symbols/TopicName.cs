namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>The rule of <c>CloudNative.Eventing.EventTopic</c>, for names that stand in the code.</summary>
internal static class TopicName
{
    private const int Longest = 200;

    public static bool IsValid(string name) =>
        name is { Length: > 0 and <= Longest }
        && IsLetterOrDigit(name[0])
        && name.All(static value => IsLetterOrDigit(value) || value is '.' or '-' or '_' or ':');

    /// <summary>The topic of a type of event that names none.</summary>
    public static string Of(string eventName) =>
        eventName.LastIndexOf('.') is var dot and > 0 ? eventName.Substring(0, dot) : eventName;

    private static bool IsLetterOrDigit(char value) => value is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
}
