namespace CloudNative.Http;

/// <summary>
/// Every instance of the service has as many calls of this client under way as it can take, as learned from how calls went. Nothing was
/// sent. Trying again at once makes it worse; a moment later there may be room.
/// </summary>
public sealed class ConcurrencyLimitException : HttpRequestException
{
    internal ConcurrencyLimitException(string service, int limit, string message)
        : base(message)
    {
        Service = service;
        Limit = limit;
    }

    /// <summary>The logical name.</summary>
    public string Service { get; }

    /// <summary>How many calls of this client the last instance that was asked takes at the same time.</summary>
    public int Limit { get; }
}
