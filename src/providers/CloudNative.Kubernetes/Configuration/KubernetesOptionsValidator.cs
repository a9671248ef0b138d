using CloudNative.Configuration;
using CloudNative.Kubernetes.Discovery;
using CloudNative.Kubernetes.Discovery.Dns;
using Microsoft.Extensions.Options;

namespace CloudNative.Kubernetes.Configuration;

/// <summary>A service may run without the API; no server is no mistake before it is asked.</summary>
internal sealed class KubernetesOptionsValidator : IValidateOptions<KubernetesOptions>
{
    public ValidateOptionsResult Validate(string? name, KubernetesOptions options)
    {
        var problems = new ConfigurationProblems();
        RequireServer(problems, options.Server);
        RequireSecrecy(problems, options);
        RequireFile(problems, nameof(options.TokenFile), options.TokenFile);
        RequireFile(problems, nameof(options.CaFile), options.CaFile);
        RequireFile(problems, nameof(options.ClientCertificateFile), options.ClientCertificateFile);
        RequireFile(problems, nameof(options.ClientKeyFile), options.ClientKeyFile);
        if (options.ClientKeyFile is null != options.ClientCertificateFile is null)
        {
            var missing = options.ClientKeyFile is null
                ? nameof(options.ClientKeyFile)
                : nameof(options.ClientCertificateFile);
            problems.Add(
                ErrorIds.InvalidOption,
                Key(missing),
                null,
                "a certificate and its key, or neither",
                "Name both files, or remove the other key.");
        }

        RequireSourceOfSlices(problems, options);
        RequireNamespaces(problems, options.Discovery.Namespaces);
        RequireDns(problems, options.Discovery);
        RequireLeases(problems, options.Leases);
        RequireRange(problems, nameof(options.CallTimeout), options.CallTimeout, 1, 60);
        var watch = options.Watch;
        const string section = nameof(options.Watch);
        RequireRange(problems, $"{section}:{nameof(watch.Timeout)}", watch.Timeout, 10, 3600);
        RequireRange(problems, $"{section}:{nameof(watch.SilenceTimeout)}", watch.SilenceTimeout, 5, 3600);
        RequireRange(problems, $"{section}:{nameof(watch.ResyncInterval)}", watch.ResyncInterval, 10, 24 * 3600);
        problems.RequireRange(
            ErrorIds.InvalidOption, Key($"{section}:{nameof(watch.PageSize)}"), watch.PageSize, 1, 10_000);
        return problems.ToResult();
    }

    private static void RequireServer(ConfigurationProblems problems, string? server)
    {
        var isGood = server is null
            || (Uri.TryCreate(server, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.Host.Length > 0
                && uri.Query.Length == 0
                && uri.Fragment.Length == 0
                && uri.UserInfo.Length == 0);
        if (!isGood)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(KubernetesOptions.Server)),
                server,
                "https://host:port, or http://host:port for a proxy on this machine",
                "Name the API server, or remove the key in a cluster: the pod knows it.");
        }
    }

    private static void RequireSecrecy(ConfigurationProblems problems, KubernetesOptions options)
    {
        if ((options.Token ?? options.TokenFile) is not null
            && Uri.TryCreate(options.Server, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp
            && !uri.IsLoopback)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(KubernetesOptions.Server)),
                options.Server,
                "https:// where a token is shown to another machine",
                "Use https, or a proxy on this machine (kubectl proxy), which needs no token.");
        }
    }

    private static void RequireSourceOfSlices(ConfigurationProblems problems, KubernetesOptions options)
    {
        // Who asks which rights are needed need not have a cluster.
        if (options is { Server: null, RbacFile: null, Discovery.Source: KubernetesDiscoverySource.EndpointSlices })
        {
            problems.Add(
                ErrorIds.NoServer,
                Key($"{nameof(KubernetesOptions.Discovery)}:{nameof(KubernetesDiscoveryOptions.Source)}"),
                nameof(KubernetesDiscoverySource.EndpointSlices),
                $"{nameof(KubernetesDiscoverySource.Names)} where there is no API server",
                $"Set {Key(nameof(KubernetesOptions.Server))} outside of a cluster, or remove the key.");
        }
    }

    private static void RequireNamespaces(ConfigurationProblems problems, IList<string> namespaces)
    {
        foreach (var name in namespaces.Where(name => !ServiceName.IsLabel(name)))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{nameof(KubernetesOptions.Discovery)}:{nameof(KubernetesDiscoveryOptions.Namespaces)}"),
                name,
                "names of namespaces: up to 63 of a-z, 0-9 and -, no - at either end",
                "Correct the name; 'kubectl get namespaces' lists them.");
        }
    }

    private static void RequireLeases(ConfigurationProblems problems, KubernetesLeaseOptions options)
    {
        const string section = nameof(KubernetesOptions.Leases);
        RequireLabel(
            problems, $"{section}:{nameof(options.Namespace)}", options.Namespace, "the service's own namespace");
        RequireLabel(problems, $"{section}:{nameof(options.Prefix)}", options.Prefix, "'cloudnative'");
    }

    private static void RequireLabel(ConfigurationProblems problems, string key, string? value, string byDefault)
    {
        if (value is not null && !ServiceName.IsLabel(value))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(key),
                value,
                "up to 63 of a-z, 0-9 and -, no - at either end",
                $"Correct it, or remove the key for {byDefault}.");
        }
    }

    private static void RequireDns(ConfigurationProblems problems, KubernetesDiscoveryOptions options)
    {
        foreach (var name in options.PortNames.Where(name => !ServiceName.IsLabel(name)))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{nameof(KubernetesOptions.Discovery)}:{nameof(options.PortNames)}"),
                name,
                "names of a Service's ports: up to 63 of a-z, 0-9 and -, no - at either end",
                "Correct the name; 'kubectl get service -o yaml' shows it.");
        }

        if (options.DnsServer is { } server && !DnsServer.TryParse(server, out _))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{nameof(KubernetesOptions.Discovery)}:{nameof(options.DnsServer)}"),
                server,
                "an IP address, with or without a port: 10.96.0.10:53",
                "Correct it, or remove the key: the servers of /etc/resolv.conf are asked then.");
        }

        if (options.ClusterDomain is { } domain && !Array.TrueForAll(domain.Split('.'), ServiceName.IsLabel))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{nameof(KubernetesOptions.Discovery)}:{nameof(options.ClusterDomain)}"),
                domain,
                "a domain such as cluster.local",
                "Correct it, or remove the key: a pod finds it in /etc/resolv.conf.");
        }
    }

    private static void RequireFile(ConfigurationProblems problems, string key, string? path)
    {
        if (path is not null && !File.Exists(path))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(key),
                path,
                "a file that this process can read",
                "Put the file there, or correct the path; in a cluster remove the key, the pod has its own.");
        }
    }

    private static void RequireRange(
        ConfigurationProblems problems, string key, TimeSpan value, int minimum, int maximum) =>
        problems.RequireRange(
            ErrorIds.InvalidOption, Key(key), value, TimeSpan.FromSeconds(minimum), TimeSpan.FromSeconds(maximum));

    private static string Key(string key) => $"{KubernetesOptions.SectionName}:{key}";
}
