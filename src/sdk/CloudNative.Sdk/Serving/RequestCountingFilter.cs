using CloudNative.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Serving;

/// <summary>Puts the counting of requests before everything else in the pipeline.</summary>
internal sealed class RequestCountingFilter(RequestsInFlight requests, IServiceLifecycle lifecycle) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(inner => context => ServeAsync(context, inner));
        next(application);
    };

    private async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        requests.Begin();
        try
        {
            if (lifecycle.Phase >= LifecyclePhase.Withdrawing && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                // RFC 9112, 9.6: the caller opens its next connection elsewhere, before this port closes under it.
                context.Response.Headers[HeaderNames.Connection] = "close";
            }

            await next(context).ConfigureAwait(false);
        }
        finally
        {
            requests.End();
        }
    }
}
