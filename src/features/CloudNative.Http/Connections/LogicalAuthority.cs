namespace CloudNative.Http.Connections;

/// <summary>Host and port as they stand in a request's URI, before anything was picked.</summary>
internal readonly record struct LogicalAuthority(string Host, int Port)
{
    public bool IsHost(string host) => string.Equals(Host, host, StringComparison.OrdinalIgnoreCase);
}
