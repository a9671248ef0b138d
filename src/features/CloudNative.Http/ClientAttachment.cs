namespace CloudNative.Http;

/// <summary>Which clients of IHttpClientFactory get the pipeline.</summary>
public enum ClientAttachment
{
    /// <summary>All of them; requests whose host is no service still go through untouched.</summary>
    All,

    /// <summary>Those that ask for it by <c>AddCloudNative()</c> on their builder.</summary>
    Named,
}
