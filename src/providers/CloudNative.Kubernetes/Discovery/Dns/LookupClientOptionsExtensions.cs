using DnsClient;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>How the client of DNS asks.</summary>
internal static class LookupClientOptionsExtensions
{
    /// <summary>
    /// Without a memory of its own, and taking a name that does not exist for an answer: most Services lack one of the
    /// ports, and the next server would be asked in vain, or not answer.
    /// </summary>
    public static LookupClientOptions Tuned(this LookupClientOptions options)
    {
        options.UseCache = false;
        options.Timeout = TimeSpan.FromSeconds(2);
        options.Retries = 1;
        options.ThrowDnsErrors = false;
        options.ContinueOnDnsError = false;
        options.ContinueOnEmptyResponse = false;
        return options;
    }
}
