namespace CloudNative.Eventing.Configuration;

/// <summary>The ids of what can go wrong with events; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN9001";
    public const string NoEventType = "CN9002";
    public const string NotSerializable = "CN9003";
    public const string TooLarge = "CN9004";
    public const string BadAttribute = "CN9005";
    public const string NoDelay = "CN9006";
    public const string NoTransport = "CN9007";
    public const string BadHandler = "CN9008";
    public const string Conflict = "CN9009";
    public const string DuplicateHandler = "CN9010";
    public const string MissingCapability = "CN9011";
    public const string MappedTooLate = "CN9012";
    public const string NotAdded = "CN9013";
    public const string BadName = "CN9014";
    public const string NoInbox = "CN9015";
    public const string MalformedEvent = "CN9020";
    public const string TransactionOver = "CN9061";
    public const string DatabaseNotServed = "CN9062";
    public const string SetAside = "CN9063";
}
