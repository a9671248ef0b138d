namespace CloudNative.PostgreSql.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4201";
    public const string NoConnection = "CN4202";
    public const string NotReachable = "CN4203";
    public const string LoginRefused = "CN4204";
    public const string TablesMissing = "CN4205";
    public const string TablesNewer = "CN4206";
    public const string RightMissing = "CN4207";
    public const string ReadOnly = "CN4208";
    public const string TooManyConnections = "CN4209";
    public const string Full = "CN4210";
    public const string Failed = "CN4211";
    public const string NotStorable = "CN4212";
    public const string UnreadableRow = "CN4231";
}
