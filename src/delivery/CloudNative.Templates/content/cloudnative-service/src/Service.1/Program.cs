using Service._1.Greetings;

var builder = WebApplication.CreateBuilder(args);
#if (IsConsul)
builder.AddCloudNative(cloud => cloud.UseConsul());
#else
builder.AddCloudNative();
#endif
builder.Services.AddProblemDetails();
builder.Services.AddValidation();
#if (grpc)
builder.Services.AddCloudNativeGrpcServer();
#endif
#if (events)
builder.Services.AddSingleton<GreetingBook>();
#endif

// The address is the name of a service, not a host; each call goes to one of the instances that run. It is this service's own
// name, so that there is somebody to answer from the start: put the name of a neighbour here.
builder.Services.AddHttpClient<NeighbourClient>(client => client.BaseAddress = new Uri("http://service-1"));

var app = builder.Build();
app.UseExceptionHandler();
app.MapGreetings();
#if (events)
app.MapGreetingEvents();
#endif
#if (grpc)
app.MapGrpcService<GreeterService>();
app.MapCloudNativeGrpc();
#endif
app.MapCloudNative();
app.Run();
