using CloudNative.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Gateway.Configuration;

internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = new ConfigurationProblems();
        foreach (var (route, settings) in options.Routes)
        {
            new RouteCheck(route, settings, problems).Run();
        }

        CheckSameRequests(options, problems);
        return problems.ToResult();
    }

    // Two routes that match the same requests with the same order fail at each such request, and only then.
    private static void CheckSameRequests(GatewayOptions options, ConfigurationProblems problems)
    {
        var routes = options.Routes.Where(route => route.Value.Path is not null).ToList();
        for (var later = 1; later < routes.Count; later++)
        {
            var (name, settings) = routes[later];
            var (same, _) = routes.Take(later).FirstOrDefault(earlier => MatchSame(earlier.Value, settings));
            if (same is not null)
            {
                problems.Add(
                    GatewayProblems.SameRequests,
                    $"{GatewayOptions.SectionName}:Routes:{name}",
                    settings.Path,
                    $"a path, host or method that route '{same}' does not match too, or another Order",
                    "Remove one of the two, or give one an Order: the smaller wins.");
            }
        }
    }

    private static bool MatchSame(GatewayRouteOptions one, GatewayRouteOptions other) =>
        one.Order == other.Order
        && string.Equals(one.Path!.Trim('/'), other.Path!.Trim('/'), StringComparison.OrdinalIgnoreCase)
        && Overlap(one.Hosts, other.Hosts)
        && Overlap(one.Methods, other.Methods);

    // An empty list matches anything, but less particularly than one that is not empty: routing prefers the latter.
    private static bool Overlap(IList<string> one, IList<string> other) =>
        one.Count == 0 ? other.Count == 0 : one.Intersect(other, StringComparer.OrdinalIgnoreCase).Any();
}
