namespace CloudNative.Http.Settings;

/// <summary>
/// The ids of what can be wrong with this package's configuration; each has a page below <c>docs/errors</c>.
/// </summary>
internal static class HttpProblems
{
    public const string OutOfRange = "CN3001";
    public const string Unreadable = "CN3002";
}
