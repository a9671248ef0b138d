using Shop.CardNetwork.Behaviour;
using Shop.CardNetwork.Charges;
using Shop.Providers;

// Stands for a service that is not ours: slow at times, wrong at times, and told so by PUT /behaviour while it runs.
var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddShopProviders();
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
builder.Services.AddSingleton<ChargeBook>();
builder.Services.AddSingleton<Mood>();

var app = builder.Build();
app.UseExceptionHandler();
app.MapBehaviour();
app.MapCharges();
app.MapCloudNative();
app.Run();
