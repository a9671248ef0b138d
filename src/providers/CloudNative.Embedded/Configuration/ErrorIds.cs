namespace CloudNative.Embedded.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4001";
    public const string NoPlace = "CN4002";
    public const string NotWritable = "CN4003";
    public const string NetworkFileSystem = "CN4004";
    public const string DiskFull = "CN4005";
    public const string NewerStore = "CN4006";
    public const string DamagedStore = "CN4007";
    public const string NoFileLocks = "CN4008";
    public const string Busy = "CN4009";
    public const string StoreFailed = "CN4010";
    public const string StoreGone = "CN4011";
    public const string LogFull = "CN4012";
    public const string TooLarge = "CN4013";
    public const string OlderStore = "CN4014";
    public const string DatabaseFailed = "CN4031";
    public const string TablesMissing = "CN4032";
    public const string TablesTooNew = "CN4033";
    public const string PrivateDatabase = "CN4034";
    public const string UnreadableRow = "CN4035";
}
