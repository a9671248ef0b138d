using Brownfield.Defaults;

var builder = WebApplication.CreateBuilder(args);
var withCloudNative = builder.Configuration.GetValue<bool>("WithCloudNative");
if (withCloudNative && builder.Configuration.GetValue<bool>("CloudNativeFirst"))
{
    builder.AddCloudNative();
}

builder.AddServiceDefaults();
builder.Services.AddHttpClient<CatalogClient>(client => client.BaseAddress = new Uri("https+http://catalog"));
builder.Services.AddHttpClient<PricingClient>(client => client.BaseAddress = new Uri("https+http://pricing"));
if (withCloudNative)
{
    builder.AddCloudNative();
}

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGet("/offers/{id:int}", async (
    int id, CatalogClient catalog, PricingClient pricing, ILogger<Program> logger, CancellationToken cancellationToken) =>
{
    logger.LogInformation("Offer {Id} asked for", id);
    return $"{await catalog.GetNameAsync(id, cancellationToken)}: {await pricing.GetPriceAsync(id, cancellationToken)}";
});
if (withCloudNative)
{
    app.MapCloudNative();
}

await app.RunAsync();
