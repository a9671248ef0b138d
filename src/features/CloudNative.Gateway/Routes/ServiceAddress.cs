using CloudNative.Discovery;

namespace CloudNative.Gateway.Routes;

/// <summary>The address that stands for a service in YARP's configuration: its logical name.</summary>
internal static class ServiceAddress
{
    /// <summary>The address without a closing slash; <see langword="null"/> when the text names no service.</summary>
    public static string? Parse(string? service)
    {
        if (string.IsNullOrWhiteSpace(service))
        {
            return null;
        }

        var text = service.Contains("://", StringComparison.Ordinal) ? service : $"http://{service}";
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && EndpointQuery.TryParse(uri, out _, out _)
            && text.TrimEnd('/') == $"{uri.Scheme}://{uri.Host}"
                ? $"{uri.Scheme}://{uri.Host}"
                : null;
    }
}
