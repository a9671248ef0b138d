namespace CloudNative.Discovery.Configuration;

/// <summary>The ids of what discovery finds wrong; <c>docs/errors</c> has a page for each.</summary>
internal static class DiscoveryErrors
{
    public const string OutOfRange = "CN2001";
    public const string Advertise = "CN2002";
    public const string NotReachable = "CN2003";
    public const string UnreadableAddress = "CN2004";
    public const string UnknownPolicy = "CN2005";
}
