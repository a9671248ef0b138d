using CloudNative.Configuration;
using CloudNative.Gateway.Routes;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CloudNative.Gateway.Configuration;

/// <summary>Looks for all that is wrong with one route.</summary>
internal sealed class RouteCheck(string name, GatewayRouteOptions route, ConfigurationProblems problems)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public void Run()
    {
        var pattern = CheckPath();
        CheckService();
        CheckStripPrefix(pattern);
        CheckHosts();
        CheckMethods();
        problems.RequireRange(
            GatewayProblems.OutOfRange, Key(nameof(route.ActivityTimeout)), route.ActivityTimeout, Second, Day);
        if (route.MaxRequestBodySize is { } size)
        {
            problems.RequireRange(
                GatewayProblems.OutOfRange, Key(nameof(route.MaxRequestBodySize)), size, -1, long.MaxValue, " bytes; -1 for any size");
        }
    }

    private RoutePattern? CheckPath()
    {
        const string Allowed = "a route template that begins with '/', such as /api/catalog/{**rest}";
        if (string.IsNullOrWhiteSpace(route.Path) || route.Path[0] != '/')
        {
            problems.Add(
                GatewayProblems.Path, Key(nameof(route.Path)), route.Path, Allowed, "Name the path that the gateway is to forward.");
            return null;
        }

        try
        {
            return RoutePatternFactory.Parse(route.Path);
        }
        catch (RoutePatternException exception)
        {
            problems.Add(
                GatewayProblems.Path,
                Key(nameof(route.Path)),
                route.Path,
                Allowed,
                $"The template is not valid: {exception.Message}");
            return null;
        }
    }

    private void CheckService()
    {
        if (ServiceAddress.Parse(route.Service) is null)
        {
            problems.Add(
                GatewayProblems.Service,
                Key(nameof(route.Service)),
                route.Service,
                "a service's name, alone or with http://, https:// or https+http:// before it, without path and port",
                "Give the name under which the service registers; fixed addresses belong into YARP's section 'ReverseProxy'.");
        }
    }

    private void CheckStripPrefix(RoutePattern? pattern)
    {
        if (route.StripPrefix is not { } prefix || pattern is null)
        {
            return;
        }

        var literal = LiteralBeginning(pattern);
        var fits = prefix.Length > 1 && prefix[0] == '/' && prefix[^1] != '/'
            && $"{literal}/".StartsWith($"{prefix}/", StringComparison.OrdinalIgnoreCase);
        if (!fits)
        {
            problems.Add(
                GatewayProblems.StripPrefix,
                Key(nameof(route.StripPrefix)),
                prefix,
                literal.Length == 0 ? "nothing, as the path has no fixed beginning" : $"'{literal}', or whole segments of its beginning",
                "What is stripped must be the beginning of every path that the route matches.");
        }
    }

    private void CheckHosts()
    {
        foreach (var host in route.Hosts.Where(host => !IsHost(host)))
        {
            problems.Add(
                GatewayProblems.Match, Key(nameof(route.Hosts)), host, "host names, *.example.com, with or without a port",
                "Write the host as the client does, without scheme and path.");
        }
    }

    private void CheckMethods()
    {
        foreach (var method in route.Methods.Where(method => method.Length == 0 || !method.All(char.IsAsciiLetter)))
        {
            problems.Add(
                GatewayProblems.Match, Key(nameof(route.Methods)), method, "HTTP methods such as GET or POST",
                "One method an entry; leave the list out to match any.");
        }
    }

    private static bool IsHost(string host)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return name.Length > 0 && !name.Contains('*', StringComparison.Ordinal)
            && Uri.TryCreate($"http://{name}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.UserInfo.Length == 0;
    }

    private static string LiteralBeginning(RoutePattern pattern) => string.Concat(pattern.PathSegments
        .TakeWhile(segment => segment.IsSimple && segment.Parts[0].IsLiteral)
        .Select(segment => $"/{((RoutePatternLiteralPart)segment.Parts[0]).Content}"));

    private string Key(string property) => $"{GatewayOptions.SectionName}:Routes:{name}:{property}";
}
