using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Management;

/// <summary>
/// Decides who is answered: a caller on this machine, or one that satisfies the policy. Others learn nothing: 404 without a policy,
/// as if nothing were there, and 403 with one.
/// </summary>
internal sealed class ManagementAccess(IOptions<ManagementOptions> options)
{
    private readonly ManagementOptions _options = options.Value;

    /// <summary>Whether the caller may go on; when not, the response has its status.</summary>
    public async ValueTask<bool> AllowAsync(HttpContext context)
    {
        if (!CrossSite.Is(context.Request)
            && ((_options.AllowLocal && LocalCaller.Is(context)) || await SatisfiesPolicyAsync(context).ConfigureAwait(false)))
        {
            return true;
        }

        context.Response.StatusCode = _options.Policy is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
        return false;
    }

    private async Task<bool> SatisfiesPolicyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (_options.Policy is not { } name
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies
            || services.GetService<IPolicyEvaluator>() is not { } evaluator
            || await policies.GetPolicyAsync(name).ConfigureAwait(false) is not { } policy)
        {
            return false;
        }

        // The policy's own schemes count, also where the service runs no authentication middleware.
        var ticket = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        return (await evaluator.AuthorizeAsync(policy, ticket, context, context).ConfigureAwait(false)).Succeeded;
    }
}
