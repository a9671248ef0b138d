var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOpenApi();
builder.AddCloudNative();

var app = builder.Build();
app.MapOpenApi();
app.MapGet("/hello", () => "world");
app.MapCloudNative();
app.Run();
