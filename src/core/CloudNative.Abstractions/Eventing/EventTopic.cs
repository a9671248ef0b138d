using System.Buffers;

namespace CloudNative.Eventing;

/// <summary>The rule for names of topics and groups.</summary>
public static class EventTopic
{
    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:");

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>
    /// Whether a name can be used: 1 to 200 ASCII letters, digits, <c>.</c>, <c>-</c>, <c>_</c> and <c>:</c>, starting with a letter
    /// or digit. Allocates nothing.
    /// </summary>
    /// <param name="name">The name of a topic or group.</param>
    /// <returns>Whether every transport takes it.</returns>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= LongestName }
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(_allowed);
}
