namespace CloudNative.Local.Supervision;

/// <summary>How a replica is called.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="IsOnly">Whether the service has no other; then its number says nothing.</param>
/// <param name="ServiceIndex">The service's place in the app, by which it gets its colour.</param>
internal sealed record ReplicaName(string Service, int Number, bool IsOnly, int ServiceIndex)
{
    public string Full => $"{Service}-{Number}";

    public string Display => IsOnly ? Service : Full;
}
