namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>What was asked.</summary>
internal sealed class RequestLog(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<KubernetesRequest> _requests = [];

    public IReadOnlyList<KubernetesRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public void Add(string verb, string resource, string path, int status)
    {
        var request = new KubernetesRequest(time.GetUtcNow(), verb, resource, path, status);
        lock (_lock)
        {
            _requests.Add(request);
        }
    }
}
