extern alias payments;

using CloudNative.Shop.Tests.Events;
using CloudNative.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Payments;

/// <summary>Payments in this process; its calls to the card network end in a handler that the test gives.</summary>
internal sealed class PaymentsApp(HttpMessageHandler cardNetwork) : WebApplicationFactory<payments::Program>
{
    private readonly TemporaryDirectory _directory = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseOwnData(_directory.Path);
        builder.ConfigureTestServices(services =>
            services.AddHttpClient("CardNetworkClient").ConfigurePrimaryHttpMessageHandler(() => cardNetwork));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _directory.Dispose();
    }
}
