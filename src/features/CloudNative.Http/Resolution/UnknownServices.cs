using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Http.Resolution;

/// <summary>
/// Explains why a name led nowhere, to somebody who may have mistyped it or forgotten to say where it is.
/// </summary>
internal sealed class UnknownServices(IConfiguration configuration)
{
    private const int MostSuggestions = 3;

    public UnknownServiceException Explain(ServiceEndpoints service, HttpRequestException dns)
    {
        var name = service.Service;
        var answers = string.Join("; ", service.DescribeSources().Select(Describe));
        var nearest = Nearest(name);
        var suggestion = nearest.Count == 0
            ? ""
            : $" Did you mean {string.Join(" or ", nearest.Select(known => $"'{known}'"))}?";
        return new UnknownServiceException(
            name,
            $"'{name}' is no known service: {answers}; DNS has no such host.{suggestion} "
            + $"Start the service so that it registers, or name its address: Services:{name}:http:0 = http://host:port.",
            dns);
    }

    private static string Describe(SourceAnswer answer) => answer.Kind switch
    {
        EndpointUpdateKind.NotFound => $"{answer.Source} does not know it",
        EndpointUpdateKind.Answer => $"{answer.Source} knows it by now",
        EndpointUpdateKind.Unavailable => $"{answer.Source} could not be asked ({answer.Reason ?? "unavailable"})",
        _ => $"{answer.Source} has not answered yet",
    };

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
