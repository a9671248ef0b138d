using System.Buffers;
using CloudNative.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Management;

internal sealed class ManagementOptionsValidator(IServiceProvider services) : IValidateOptions<ManagementOptions>
{
    private const string BadPath = "CN1030";
    private const string UnknownPolicy = "CN1031";
    private static readonly SearchValues<char> Reserved = SearchValues.Create("{}?#* ");

    public ValidateOptionsResult Validate(string? name, ManagementOptions options)
    {
        var problems = new ConfigurationProblems();
        if (options.Path is not ['/', _, ..] || options.Path.EndsWith('/') || options.Path.AsSpan().ContainsAny(Reserved))
        {
            problems.Add(
                BadPath,
                Key(nameof(options.Path)),
                options.Path,
                "a path that starts with '/' and does not end with it, without parameters, query or spaces",
                "Write it as /cloudnative.");
        }

        if (options.Policy is { } policy && !IsKnown(policy))
        {
            problems.Add(
                UnknownPolicy,
                Key(nameof(options.Policy)),
                policy,
                "the name of a policy of this service",
                "Add it by AddAuthorization(options => options.AddPolicy(…)), or remove the key.");
        }

        return problems.ToResult();
    }

    /// <summary>Policies that a provider of the service's own makes on demand cannot be listed; they are looked up at each call.</summary>
    private bool IsKnown(string policy) => services.GetService<IAuthorizationPolicyProvider>() switch
    {
        null => false,
        DefaultAuthorizationPolicyProvider =>
            services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.GetPolicy(policy) is not null,
        _ => policy.Length > 0,
    };

    private static string Key(string property) => $"{ManagementOptions.SectionName}:{property}";
}
