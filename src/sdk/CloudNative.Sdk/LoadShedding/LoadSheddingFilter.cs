using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// Gives each request a slot, and takes it back when the request is over, however it ends. What is done with it is decided by
/// <see cref="LoadSheddingPolicy"/>, where the endpoint is known.
/// </summary>
internal sealed class LoadSheddingFilter(Admission admission, TimeProvider clock, IOptions<LoadSheddingOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        if (options.Value.Enabled)
        {
            application.Use(inner => context => ServeAsync(context, inner));
        }

        next(application);
    };

    private async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var slot = new RequestSlot(admission, clock);
        context.Features.Set(slot);
        try
        {
            await next(context).ConfigureAwait(false);
            slot.Leave(context);
        }
        finally
        {
            slot.Fail();
        }
    }
}
