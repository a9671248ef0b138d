namespace CloudNative.Kubernetes.Configuration;

/// <summary>The ids of what can go wrong here; each has a page in docs/errors.</summary>
internal static class ErrorIds
{
    public const string InvalidOption = "CN4401";
    public const string NotReachable = "CN4402";
    public const string Forbidden = "CN4403";
    public const string Unauthorized = "CN4404";
    public const string TokenFile = "CN4405";
    public const string Failed = "CN4406";
    public const string Conflict = "CN4407";
    public const string Expired = "CN4408";
    public const string NoServer = "CN4409";
    public const string UnknownKind = "CN4410";
    public const string DirectoryMissing = "CN4411";
    public const string DirectoryUnreadable = "CN4412";
    public const string NoDocument = "CN4413";
    public const string Mesh = "CN4414";
    public const string Dns = "CN4416";
    public const string ObjectMissing = "CN4415";
}
