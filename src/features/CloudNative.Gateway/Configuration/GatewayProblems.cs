namespace CloudNative.Gateway.Configuration;

/// <summary>The ids of what can be wrong; each has a page below <c>docs/errors</c>.</summary>
internal static class GatewayProblems
{
    public const string Path = "CN7001";
    public const string Service = "CN7002";
    public const string StripPrefix = "CN7003";
    public const string Match = "CN7004";
    public const string OutOfRange = "CN7005";
    public const string SameRequests = "CN7006";
    public const string ForeignClientFactory = "CN7007";
    public const string NotAdded = "CN7008";
    public const string AddedTwice = "CN7009";
}
