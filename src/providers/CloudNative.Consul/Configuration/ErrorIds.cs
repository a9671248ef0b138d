namespace CloudNative.Consul.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4101";
    public const string NotReachable = "CN4102";
    public const string Refused = "CN4103";
    public const string Filtered = "CN4104";
    public const string TokenFile = "CN4105";
    public const string CannotBeSaid = "CN4106";
    public const string Failed = "CN4107";
    public const string LeaseEpoch = "CN4108";
    public const string KeysMissing = "CN4109";
    public const string KeyUnreadable = "CN4110";
}
