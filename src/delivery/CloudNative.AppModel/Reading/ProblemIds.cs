namespace CloudNative.AppModel.Reading;

/// <summary>Each has a page under docs/errors.</summary>
internal static class ProblemIds
{
    public const string Unreadable = "CN8001";
    public const string Syntax = "CN8002";
    public const string Missing = "CN8003";
    public const string UnknownKey = "CN8004";
    public const string WrongType = "CN8005";
    public const string Duplicate = "CN8006";
    public const string BadName = "CN8007";
    public const string UnknownNeed = "CN8008";
    public const string Cycle = "CN8009";
    public const string PortRange = "CN8010";
    public const string PortTwice = "CN8011";
    public const string Project = "CN8012";
    public const string YamlFeature = "CN8013";
    public const string Replicas = "CN8014";
    public const string TooMany = "CN8015";
}
