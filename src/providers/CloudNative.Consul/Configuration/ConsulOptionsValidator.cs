using CloudNative.Configuration;
using CloudNative.Consul.Leases;
using Microsoft.Extensions.Options;

namespace CloudNative.Consul.Configuration;

internal sealed class ConsulOptionsValidator : IValidateOptions<ConsulOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsulOptions options)
    {
        var problems = new ConfigurationProblems();
        RequireAddress(problems, options.Address);
        RequireFile(problems, nameof(options.TokenFile), options.TokenFile);
        RequireFile(problems, nameof(options.CaFile), options.CaFile);
        RequireFile(problems, nameof(options.ClientCertificateFile), options.ClientCertificateFile);
        RequireFile(problems, nameof(options.ClientKeyFile), options.ClientKeyFile);
        if (options.ClientKeyFile is null != options.ClientCertificateFile is null)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(options.ClientKeyFile is null ? nameof(options.ClientKeyFile) : nameof(options.ClientCertificateFile)),
                null,
                "a certificate and its key, or neither",
                "Name both files, or remove the other key.");
        }

        RequireRange(problems, nameof(options.WaitTime), options.WaitTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        problems.RequireRange(
            ErrorIds.InvalidOption, Key(nameof(options.MaxBlockingQueries)), options.MaxBlockingQueries, 4, 10_000);
        var registration = options.Registration;
        const string section = nameof(options.Registration);
        RequireRange(
            problems, $"{section}:{nameof(registration.Ttl)}", registration.Ttl, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        RequireRange(
            problems,
            $"{section}:{nameof(registration.DeregisterCriticalAfter)}",
            registration.DeregisterCriticalAfter,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromDays(7));
        RequireAgentCheck(problems, $"{section}:{nameof(registration.AgentCheck)}", registration.AgentCheck);
        RequireLeases(problems, options.Leases);
        return problems.ToResult();
    }

    private static void RequireAddress(ConfigurationProblems problems, string? address)
    {
        var isGood = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Host.Length > 0
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0;
        if (!isGood)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(ConsulOptions.Address)),
                address,
                "http://host:port or https://host:port, without a path; sockets (unix://) are not understood",
                "Name the agent's HTTP address, here or in CONSUL_HTTP_ADDR, or remove both for 127.0.0.1:8500.");
        }
    }

    private static void RequireAgentCheck(ConfigurationProblems problems, string section, ConsulAgentCheckOptions check)
    {
        if (check.HttpPath is { } path && !path.StartsWith('/'))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{section}:{nameof(check.HttpPath)}"),
                path,
                "a path that begins with a slash, such as /health/ready",
                "Begin it with a slash, or remove the key so that the agent does not ask.");
        }

        RequireRange(
            problems, $"{section}:{nameof(check.Interval)}", check.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        RequireRange(
            problems, $"{section}:{nameof(check.Timeout)}", check.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
    }

    private static void RequireLeases(ConfigurationProblems problems, ConsulLeaseOptions options)
    {
        const string section = nameof(ConsulOptions.Leases);
        if (!LeaseKeys.IsPrefix(options.KeyPrefix))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key($"{section}:{nameof(options.KeyPrefix)}"),
                options.KeyPrefix,
                "parts of letters, digits, '-', '_', '.' and ':', with '/' between them, none of them '.' or '..'",
                "Name a place in the key-value store, such as 'myapp/leases', or remove the key for 'cloudnative/leases'.");
        }

        RequireRange(
            problems,
            $"{section}:{nameof(options.LockDelay)}",
            options.LockDelay ?? TimeSpan.Zero,
            TimeSpan.Zero,
            LeaseTerms.LongestLockDelay);
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
                "Put the file there, or correct the path; it may also come from the CONSUL_… variables.");
        }
    }

    private static void RequireRange(ConfigurationProblems problems, string key, TimeSpan value, TimeSpan minimum, TimeSpan maximum) =>
        problems.RequireRange(ErrorIds.InvalidOption, Key(key), value, minimum, maximum);

    private static string Key(string key) => $"{ConsulOptions.SectionName}:{key}";
}
