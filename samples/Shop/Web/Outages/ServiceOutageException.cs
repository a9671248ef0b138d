namespace Shop.Web.Outages;

/// <summary>A service that a page needs gives no answer.</summary>
internal sealed class ServiceOutageException(string service, Exception inner)
    : Exception($"The service '{service}' gives no answer.", inner)
{
    /// <summary>The service's name.</summary>
    public string Service => service;
}
