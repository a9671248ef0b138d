namespace CloudNative.Configuration;

/// <summary>
/// One entry of <see cref="ConfigurationKeys.Keys"/>: segments, where <c>*</c> is any one and a trailing <c>**</c> any
/// below.
/// </summary>
internal sealed class KeyPattern(string pattern)
{
    private const string AnyOne = "*";
    private const string AnyBelow = "**";
    private readonly string[] _segments = pattern.Split(':');

    /// <summary>The pattern as declared.</summary>
    public string Text { get; } = pattern;

    public bool Matches(string[] key)
    {
        for (var i = 0; i < _segments.Length; i++)
        {
            if (_segments[i] == AnyBelow)
            {
                return true;
            }

            if (i >= key.Length || !Matches(_segments[i], key[i]))
            {
                return false;
            }
        }

        return key.Length == _segments.Length;
    }

    /// <summary>The key that was likely meant: this pattern, with the key's own words where any may stand.</summary>
    public string Complete(string[] key) =>
        string.Join(':', _segments.Select((segment, i) => segment == AnyOne && i < key.Length ? key[i] : segment));

    private static bool Matches(string segment, string word) =>
        segment == AnyOne || segment.Equals(word, StringComparison.OrdinalIgnoreCase);
}
