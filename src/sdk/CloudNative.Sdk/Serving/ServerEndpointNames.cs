using Microsoft.Extensions.Configuration;

namespace CloudNative.Sdk.Serving;

/// <summary>
/// Finds the names of bound addresses in <c>Kestrel:Endpoints</c>, where the server itself reads them. <c>http</c>, <c>https</c> and
/// <c>default</c> stand for unnamed endpoints, as in the <c>Services</c> section. Any other name counts only beside an unnamed endpoint of
/// the same scheme: a service whose one endpoint is called <c>MyCertificate</c> must stay what <c>https://catalog</c> means.
/// </summary>
internal static class ServerEndpointNames
{
    private const string Section = "Kestrel:Endpoints";

    private static readonly string[] Unnamed = ["http", "https", "default"];

    /// <summary>The named ones among the bound addresses.</summary>
    public static IReadOnlyDictionary<Uri, string> Of(IConfiguration configuration, IReadOnlyList<Uri> bound)
    {
        var endpoints = configuration.GetSection(Section).GetChildren()
            .Select(child => (Name: child.Key, Url: child["Url"] is { } url ? ServerAddresses.Parse(url, allowAnyPort: true) : null))
            .Where(endpoint => endpoint.Url is not null)
            .ToList();
        var names = new Dictionary<Uri, string>();
        var left = bound.ToList();

        // 1. Fixed ports say by themselves which address is whose.
        foreach (var (name, url) in endpoints.Where(endpoint => endpoint.Url!.Port > 0))
        {
            foreach (var address in left.Where(address => address.Scheme == url!.Scheme && address.Port == url.Port).ToList())
            {
                left.Remove(address);
                names[address] = name;
            }
        }

        // 2. Those that got any free port follow in the order of the section, in which the server binds them.
        foreach (var (name, url) in endpoints.Where(endpoint => endpoint.Url!.Port == 0))
        {
            if (left.Find(address => address.Scheme == url!.Scheme) is { } address)
            {
                left.Remove(address);
                names[address] = name;
            }
        }

        // 3. A name tells an endpoint apart from the unnamed one, so without that there is none.
        return names
            .Where(endpoint => !IsUnnamed(endpoint.Value)
                && names.Any(other => IsUnnamed(other.Value) && other.Key.Scheme == endpoint.Key.Scheme))
            .ToDictionary(endpoint => endpoint.Key, endpoint => endpoint.Value);
    }

    private static bool IsUnnamed(string name) => Unnamed.Contains(name, StringComparer.OrdinalIgnoreCase);
}
