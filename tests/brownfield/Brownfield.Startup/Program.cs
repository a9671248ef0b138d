using Brownfield.Startup;

var host = Host.CreateDefaultBuilder(args)
    .ConfigureWebHostDefaults(web => web.UseStartup<Startup>());
if (args.Contains("--WithCloudNative=true"))
{
    host.AddCloudNative();
}

await host.Build().RunAsync();
