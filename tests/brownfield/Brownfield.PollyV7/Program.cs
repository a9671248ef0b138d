using Brownfield.PollyV7;
using Polly;
using Polly.Extensions.Http;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient<StockClient>(client =>
        client.BaseAddress = new Uri(builder.Configuration["Stock:Address"] ?? "http://stock"))
    .AddPolicyHandler(HttpPolicyExtensions.HandleTransientHttpError().WaitAndRetryAsync(3, _ => TimeSpan.FromMilliseconds(5)));
var withCloudNative = builder.Configuration.GetValue<bool>("WithCloudNative");
if (withCloudNative)
{
    builder.AddCloudNative();
}

var app = builder.Build();
app.MapGet("/stock/{id:int}", (int id, StockClient stock, CancellationToken cancellationToken) => stock.GetAsync(id, cancellationToken));
app.MapPost("/stock/{id:int}/reserve", async (int id, StockClient stock, CancellationToken cancellationToken) =>
    Results.StatusCode(await stock.ReserveAsync(id, cancellationToken)));
if (withCloudNative)
{
    app.MapCloudNative();
}

await app.RunAsync();
