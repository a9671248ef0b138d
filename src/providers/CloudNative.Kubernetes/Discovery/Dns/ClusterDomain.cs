namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>The domain of the cluster, as the kubelet writes it into the search list of every pod.</summary>
internal static class ClusterDomain
{
    private const string Default = "cluster.local";
    private const string Services = "svc";

    public static string Find(string path = "/etc/resolv.conf")
    {
        try
        {
            return Read(File.ReadAllLines(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Default;
        }
    }

    /// <summary>
    /// Reads <c>search shop.svc.cluster.local svc.cluster.local cluster.local</c>. A machine that is no pod may have
    /// anything there.
    /// </summary>
    public static string Read(IEnumerable<string> lines)
    {
        var entries = lines
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["search", ..])
            .SelectMany(words => words.Skip(1))
            .Select(word => ServiceName.Lower(word.TrimEnd('.')).Split('.'))
            .Where(labels => Array.TrueForAll(labels, ServiceName.IsLabel))
            .ToList();
        return entries.Select(Of).FirstOrDefault(domain => domain is not null) ?? Default;
    }

    // The first of a pod begins with its namespace, which may itself be called svc.
    private static string? Of(string[] labels) => labels switch
    {
        [_, Services, _, ..] => string.Join('.', labels[2..]),
        [Services, _, ..] => string.Join('.', labels[1..]),
        _ => null,
    };
}
