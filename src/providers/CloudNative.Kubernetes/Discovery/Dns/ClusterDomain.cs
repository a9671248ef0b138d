namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>The domain of the cluster, as the kubelet writes it into the search list of every pod.</summary>
internal static class ClusterDomain
{
    private const string Default = "cluster.local";
    private const string Prefix = "svc.";

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

    // search shop.svc.cluster.local svc.cluster.local cluster.local
    public static string Read(IEnumerable<string> lines) => lines
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["search", ..])
        .SelectMany(words => words.Skip(1))
        .Select(word => word.TrimEnd('.'))
        .Where(word => word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && word.Length > Prefix.Length)
        .Select(word => word[Prefix.Length..])
        .FirstOrDefault(Default);
}
