using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// Gives each request a slot, and takes it back when the request is over, however it ends. What is done with it is decided by
/// <see cref="LoadSheddingPolicy"/>, where the endpoint is known.
/// </summary>
internal sealed class LoadSheddingFilter(IServiceProvider services, TimeProvider clock, IOptions<LoadSheddingOptions> options)
    : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        if (options.Value.Enabled)
        {
            // Filters are made before the options are validated; what reads them would fail first, and say less.
            var admission = services.GetRequiredService<Admission>();
            application.Use(inner => context => ServeAsync(admission, context, inner));
        }

        next(application);
    };

    private async Task ServeAsync(Admission admission, HttpContext context, RequestDelegate next)
    {
        var slot = new RequestSlot(admission, clock, context);
        context.Features.Set(slot);
        try
        {
            await next(context).ConfigureAwait(false);
            slot.Leave();
        }
        finally
        {
            slot.Fail();
        }
    }
}
