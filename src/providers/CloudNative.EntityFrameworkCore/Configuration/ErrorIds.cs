namespace CloudNative.EntityFrameworkCore.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4601";
    public const string NoContext = "CN4602";
    public const string NotInTheModel = "CN4603";
    public const string TablesMissing = "CN4604";
    public const string TablesTooNew = "CN4605";
    public const string NotNamed = "CN4606";
    public const string UnknownDatabase = "CN4607";
    public const string DatabaseFailed = "CN4608";
    public const string UnreadableRow = "CN4609";
    public const string PrivateDatabase = "CN4610";
}
