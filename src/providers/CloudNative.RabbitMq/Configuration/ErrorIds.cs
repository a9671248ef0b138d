namespace CloudNative.RabbitMq.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4301";
    public const string NotReachable = "CN4302";
    public const string Refused = "CN4303";
    public const string NotConfirmed = "CN4304";
    public const string Blocked = "CN4305";
    public const string Returned = "CN4306";
    public const string Differs = "CN4307";
    public const string Missing = "CN4308";
    public const string OrderingChanged = "CN4309";
    public const string NotPublishable = "CN4310";
    public const string Unreadable = "CN4311";
    public const string NotReplayed = "CN4312";
}
