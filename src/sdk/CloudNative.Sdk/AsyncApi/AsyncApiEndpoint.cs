using CloudNative.Configuration;
using CloudNative.Eventing;
using CloudNative.Sdk.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.AsyncApi;

/// <summary>Answers with the AsyncAPI document, made anew: handlers may be mapped until the host starts.</summary>
internal sealed class AsyncApiEndpoint(
    IAsyncApiDocumentProvider documents, ManagementRoutes routes, IOptions<ManagementOptions> options)
{
    /// <summary>Maps it for those who may manage the service; nothing when nobody may.</summary>
    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder endpoints, string pattern) =>
        options.Value.Enabled ? [routes.Map(endpoints, HttpMethods.Get, pattern, AnswerAsync)] : [];

    private async Task AnswerAsync(HttpContext context)
    {
        string text;
        try
        {
            text = documents.GetDocumentText();
        }
        catch (CloudNativeConfigurationException exception)
        {
            await ManagementAnswer.RefuseAsync(context, StatusCodes.Status500InternalServerError, exception.Message)
                .ConfigureAwait(false);
            return;
        }

        ManagementAnswer.Begin(context);
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }
}
