using CloudNative.Discovery;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Resolution;

/// <summary>
/// Explains why a name led nowhere, to somebody who may have mistyped it or forgotten to say where it is.
/// </summary>
internal sealed class UnknownServices(IServiceProvider services, IConfiguration configuration)
{
    private const int MostSuggestions = 3;

    public UnknownServiceException Explain(ServiceEndpoints service, HttpRequestException dns)
    {
        var name = service.Service;
        var snapshot = service.Snapshot;
        var answer = snapshot.Status == ServiceStatus.Unavailable
            ? $"could not be asked ({snapshot.Reason ?? "no answer yet"})"
            : "do not know it";
        var nearest = Nearest(name);
        var suggestion = nearest.Count == 0
            ? ""
            : $" Did you mean {string.Join(" or ", nearest.Select(known => $"'{known}'"))}?";
        return new UnknownServiceException(
            name,
            $"'{name}' is no known service: the sources ({string.Join(", ", Sources())}) {answer}, "
            + $"and DNS has no such host.{suggestion} "
            + $"Start the service so that it registers, or name its address: Services:{name}:http:0 = http://host:port.",
            dns);
    }

    private IEnumerable<string> Sources()
    {
        yield return "configuration";
        if (services.GetService<IProviderSelector>()?.Choose(CloudNativeFeatures.Discovery).Provider is { } provider)
        {
            yield return provider;
        }

        foreach (var source in services.GetServices<IEndpointSource>())
        {
            yield return source.Name;
        }
    }

    private List<string> Nearest(string name) =>
        [
            .. configuration.GetSection("Services").GetChildren()
                .Select(section => (section.Key, Distance: NameDistance.Between(section.Key, name)))
                .Where(known => known.Distance <= Math.Max(2, name.Length / 3))
                .OrderBy(known => known.Distance)
                .Take(MostSuggestions)
                .Select(known => known.Key),
        ];
}
