using Brownfield.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHostedService<Parcels>();
if (builder.Configuration.GetValue<bool>("WithCloudNative"))
{
    builder.AddCloudNative();
}

await builder.Build().RunAsync();
