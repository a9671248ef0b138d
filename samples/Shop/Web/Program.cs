using Shop.Providers;
using Shop.Web;
using Shop.Web.Art;
using Shop.Web.Baskets;
using Shop.Web.Catalog;
using Shop.Web.Live;
using Shop.Web.Orders;
using Shop.Web.Outages;
using Shop.Web.Pages;
using Shop.Web.Panel;
using Shop.Web.Security;
using Shop.Web.Storefront;
using Shop.Web.Themes;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();
builder.Services.AddShopProviders();
builder.Services.AddRazorComponents();
builder.Services.AddAntiforgery(options => options.Cookie.Name = "antiforgery");
builder.Services.AddShopKeys(builder.Configuration);
builder.Services.AddSingleton<BasketCookie>();
builder.Services.AddSingleton<Shells>();
builder.Services.AddSingleton<OutageForecast>();
builder.Services.AddSingleton<GuardedCalls>();
builder.Services.AddScoped<Fragments>();
builder.Services.AddSingleton<OrderHub>();
builder.Services.AddHostedService<OrderSubscription>();
builder.Services.AddScoped<OrderFeed>();
builder.Services.AddPanel();

// "catalog" and "ordering" are names of services, not of hosts.
builder.Services.AddHttpClient<CatalogClient>(http => http.BaseAddress = new Uri("http://catalog"))
    .AddHttpMessageHandler<RequestRecorder>();
builder.Services.AddHttpClient<OrderingClient>(http => http.BaseAddress = new Uri("http://ordering"))
    .AddHttpMessageHandler<RequestRecorder>();
builder.Services.AddHttpClient(OrderSubscription.Client);

// A form that is not ours is a page with status 400, in Development too.
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

var app = builder.Build();
app.UseSecurityHeaders();
app.UseProblemPages();
app.UseOutagePages();
app.UseShopFiles();
app.UseAntiforgery();
app.MapStorefront();
app.MapBasket();
app.MapOrders();
app.MapPanel();
app.MapArt();
app.MapTheme();
app.MapCloudNative();
app.Run();
